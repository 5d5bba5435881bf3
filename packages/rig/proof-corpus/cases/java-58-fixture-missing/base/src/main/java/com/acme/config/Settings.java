package com.acme.config;

import java.util.Map;

public final class Settings {
    private final Map<?, ?> values;

    public Settings(Map<?, ?> values) {
        this.values = values;
    }

    public int timeout() {
        Object value = values.get("timeout");
        return value == null ? 30 : (Integer) value;
    }
}
