package com.acme.store;

record Range(long from, long to) {
    static Range parse(String header) {
        String[] parts = header.substring("bytes=".length()).split("-");
        return new Range(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    long length() {
        return to - from + 1;
    }
}
