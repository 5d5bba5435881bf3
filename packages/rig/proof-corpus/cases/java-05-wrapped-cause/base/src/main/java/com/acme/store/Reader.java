package com.acme.store;

public final class Reader {
    public long length(String header) {
        try {
            return Range.parse(header).length();
        } catch (RuntimeException e) {
            throw new RequestException("bad range " + header, e);
        }
    }
}
