package com.acme.http;

import java.util.Map;

public final class Client {
    /** Seconds to wait before the next try. */
    public int delay(int status, Map<String, String> headers) {
        if (status != 429 && status != 503) {
            return 0;
        }
        return Math.min(RetryAfter.read(headers), 60);
    }
}
