package com.acme.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientTest {
    @Test
    void waitsAsLongAsTheServerSays() {
        assertEquals(7, new Client().delay(429, Map.of("Retry-After", " 7")));
    }

    @Test
    void doesNotWaitAfterSuccess() {
        assertEquals(0, new Client().delay(200, Map.of()));
    }
}
