package org.aiis.reference.operators.recurrent;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The recurrent layers, by name. */
public final class RecurrentFamily {
    private RecurrentFamily() {}

    public static List<Known> operators() {
        return List.of(Known.of("GRU", new Gru()), Known.of("LSTM", new Lstm()), Known.of("RNN", new Rnn()));
    }
}
