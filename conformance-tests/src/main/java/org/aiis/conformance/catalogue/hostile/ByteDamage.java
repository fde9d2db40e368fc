package org.aiis.conformance.catalogue.hostile;

import java.util.Arrays;
import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Stimulus;

/** The serialised model, as a bad disk or a bad line leaves it. */
final class ByteDamage {
    private ByteDamage() {}

    private interface Change {
        byte[] of(byte[] model, Seeded seeded);
    }

    static List<Damage.Named> all() {
        return List.of(
                bytes("flipped", ByteDamage::flipped),
                bytes("cut", (model, seeded) -> Arrays.copyOf(model, (int) seeded.integer(0, model.length - 1))),
                bytes("repeated", ByteDamage::repeated));
    }

    private static Damage.Named bytes(String word, Change change) {
        return new Damage.Named(
                word,
                (host, seeded) ->
                        new Stimulus.ModelRun(Bytes.own(change.of(host.model().toArray(), seeded)), host.inputs()));
    }

    private static byte[] flipped(byte[] model, Seeded seeded) {
        byte[] changed = model.clone();
        for (long n = changed.length == 0 ? 0 : seeded.integer(1, 4); n > 0; n--) {
            changed[(int) seeded.integer(0, changed.length - 1)] ^= (byte) (1 << seeded.integer(0, 7));
        }
        return changed;
    }

    /** A piece again behind the end: protobuf merges it, so that lists get longer and values others. */
    private static byte[] repeated(byte[] model, Seeded seeded) {
        int from = model.length == 0 ? 0 : (int) seeded.integer(0, model.length - 1);
        byte[] longer = Arrays.copyOf(model, 2 * model.length - from);
        System.arraycopy(model, from, longer, model.length, model.length - from);
        return longer;
    }
}
