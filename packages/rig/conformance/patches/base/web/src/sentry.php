<?php

return [
    'dsn' => getenv('SENTRY_DSN'),
    'traces_sample_rate' => 0.2,
    'ignore_exceptions' => [],
];
