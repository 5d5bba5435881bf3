package com.acme.http;

import java.util.Map;

final class RetryAfter {
    private RetryAfter() {}

    static int read(Map<String, String> headers) {
        String value = headers.get("Retry-After");
        return Integer.parseInt(value.trim());
    }
}
