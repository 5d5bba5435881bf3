package com.acme.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ReaderTest {
    @Test
    void readsARange() {
        assertEquals(100, new Reader().length("bytes=0-99"));
    }

    @Test
    void refusesWords() {
        assertThrows(RequestException.class, () -> new Reader().length("bytes=all"));
    }
}
