package org.aiis.reference.operators.signal;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The operators on signals, by name. */
public final class SignalFamily {
    private SignalFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.since(17, "DFT", new Dft()),
                Known.since(17, "MelWeightMatrix", new MelWeightMatrix()),
                Known.since(17, "STFT", new Stft()));
    }
}
