package com.acme.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProxyTest {
    @Test
    void namesTheEntryByItsTag() {
        var reply = CompletableFuture.completedFuture(Map.of("ETag", "w1"));
        assertEquals("cached as w1", new Proxy().load(reply).join());
    }
}
