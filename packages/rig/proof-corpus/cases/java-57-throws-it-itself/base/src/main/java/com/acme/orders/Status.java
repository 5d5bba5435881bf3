package com.acme.orders;

import java.util.Locale;

public enum Status {
    OPEN,
    SHIPPED;

    public static Status of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
