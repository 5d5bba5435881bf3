package com.acme.quota;

public final class Limiter {
    private final long reserve;

    public Limiter(long reserve) {
        this.reserve = reserve;
    }

    public boolean allows(String header) {
        return Quota.parse(header).left() > reserve;
    }
}
