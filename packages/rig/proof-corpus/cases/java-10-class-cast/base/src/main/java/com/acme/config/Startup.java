package com.acme.config;

public final class Startup {
    public String banner(Settings settings) {
        return "starting, timeout " + settings.timeout() + " s";
    }
}
