package com.acme.daily;

import java.time.Instant;
import java.time.ZoneId;

public record Report(String customer, ZoneId zone, Instant time) {
    public String name() {
        return customer + "-" + Day.of(time, zone);
    }
}
