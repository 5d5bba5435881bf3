using Xunit;

namespace Shop.Desk.Tests;

public class ReportTests
{
    [Fact]
    public void AveragesOrders()
    {
        Assert.Equal(5m, Sample.Report().Average("maya"));
    }

    [Fact]
    public void KnowsNobody()
    {
        Assert.Throws<KeyNotFoundException>(() => Sample.Report().Average("nobody"));
    }
}
