package com.acme.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupTest {
    @Test
    void tellsTheTimeout() {
        assertEquals("starting, timeout 5 s", new Startup().banner(new Settings(Map.of("timeout", 5))));
        assertEquals("starting, timeout 30 s", new Startup().banner(new Settings(Map.of())));
    }
}
