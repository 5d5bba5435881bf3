package com.acme.net;

import java.util.List;
import java.util.Map;

public final class Response {
    private final Map<String, String> headers;

    public Response(Map<String, List<String>> raw) {
        this.headers = Headers.from(raw);
    }

    public String header(String name) {
        return headers.get(name);
    }
}
