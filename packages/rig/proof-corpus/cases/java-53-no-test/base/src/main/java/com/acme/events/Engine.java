package com.acme.events;

public final class Engine {
    public final Dispatcher dispatcher = new Dispatcher();

    public void finish() {
        dispatcher.dispatch("finished");
    }
}
