package com.acme.quota;

public record Quota(long left) {
    public static Quota parse(String header) {
        return new Quota(Long.parseLong(header));
    }
}
