package com.acme.net;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class Headers {
    private Headers() {}

    static Map<String, String> from(Map<String, List<String>> raw) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, List<String>> header : raw.entrySet()) {
            sorted.put(header.getKey(), String.join(", ", header.getValue()));
        }
        return sorted;
    }
}
