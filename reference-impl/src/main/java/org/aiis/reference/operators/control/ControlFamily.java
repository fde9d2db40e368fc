package org.aiis.reference.operators.control;

import java.util.List;
import org.aiis.reference.operators.Known;

/** Control flow, by name. */
public final class ControlFamily {
    private ControlFamily() {}

    public static List<Known> operators() {
        return List.of(Known.of("If", new If()), Known.of("Loop", new Loop()), Known.of("Scan", new Scan()));
    }
}
