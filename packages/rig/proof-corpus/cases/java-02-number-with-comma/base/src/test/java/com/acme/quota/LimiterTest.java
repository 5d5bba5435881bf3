package com.acme.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimiterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "11 | true",
        "10 | false"
    })
    void allowsWhatIsAboveTheReserve(String header, boolean allowed) {
        assertEquals(allowed, new Limiter(10).allows(header));
    }
}
