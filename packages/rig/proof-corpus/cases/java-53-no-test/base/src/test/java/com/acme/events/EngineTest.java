package com.acme.events;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class EngineTest {
    private final Engine engine = new Engine();
    private final List<String> heard = new ArrayList<>();

    @Test
    public void tellsEveryListener() {
        engine.dispatcher.add(heard::add);
        engine.dispatcher.add(heard::add);
        engine.finish();
        assertEquals(List.of("finished", "finished"), heard);
    }
}
