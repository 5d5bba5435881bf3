package com.acme.proxy;

import java.util.Map;
import java.util.Optional;

final class Cache {
    String tag(Map<String, String> headers) {
        return Optional.ofNullable(headers.get("ETag")).orElseThrow();
    }
}
