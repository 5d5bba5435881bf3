package com.acme.daily;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

final class Day {
    private Day() {}

    static LocalDate of(Instant time, ZoneId zone) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
