package com.acme.net;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ResponseTest {
    @Test
    public void namesAreReadInAnyCase() {
        assertEquals("1, 2", new Response(Map.of("X-Id", List.of("1", "2"))).header("x-id"));
    }
}
