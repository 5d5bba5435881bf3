package com.acme.files;

import java.util.Map;

public final class Types {
    private static final Map<String, String> KNOWN = Map.of(".png", "image/png", ".txt", "text/plain");

    private Types() {}

    public static String typeOf(String name) {
        return KNOWN.getOrDefault(Names.extension(name), "application/octet-stream");
    }
}
