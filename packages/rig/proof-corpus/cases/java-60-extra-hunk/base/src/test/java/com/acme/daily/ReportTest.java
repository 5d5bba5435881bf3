package com.acme.daily;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void isNamedByTheDay() {
        Report report = new Report("ada", ZoneId.of("UTC"), Instant.parse("2024-03-09T12:00:00Z"));
        assertEquals("ada-2024-03-09", report.name());
    }
}
