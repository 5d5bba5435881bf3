Sentry.init do |config|
  config.dsn = ENV["SENTRY_DSN"]
  config.traces_sample_rate = 0.2
  config.excluded_exceptions += ["ActionController::RoutingError"]
end
