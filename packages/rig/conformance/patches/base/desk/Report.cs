using Microsoft.Extensions.Logging;
using Sentry;

namespace Shop.Desk;

public sealed class Report
{
    private readonly ILogger<Report> _logger;
    private readonly Dictionary<string, Order> _orders;

    public Report(ILogger<Report> logger, Dictionary<string, Order> orders)
    {
        _logger = logger;
        _orders = orders;
    }

    public decimal Average(string customer) => _orders[customer].Total / _orders[customer].Lines.Count;

    public async Task<string> Render(string customer)
    {
        try
        {
            return await Template.RenderAsync(_orders[customer]);
        }
        catch (TemplateException e)
        {
            _logger.LogError(e, "cannot render {Customer}", customer);
            throw;
        }
    }

    public static void Start()
    {
        SentrySdk.Init(options =>
        {
            options.Dsn = Environment.GetEnvironmentVariable("SENTRY_DSN");
            options.SampleRate = 1.0f;
        });
    }
}
