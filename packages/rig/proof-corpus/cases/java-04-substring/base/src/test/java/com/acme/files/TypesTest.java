package com.acme.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TypesTest {
    @Test
    void knowsPictures() {
        assertEquals("image/png", Types.typeOf("logo.PNG"));
    }
}
