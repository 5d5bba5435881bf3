package com.acme.proxy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

public final class Proxy {
    private final Cache cache = new Cache();

    public CompletableFuture<String> load(CompletableFuture<Map<String, String>> reply) {
        return reply.thenApplyAsync(cache::tag).thenApply(tag -> "cached as " + tag);
    }
}
