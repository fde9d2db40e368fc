package org.aiis.conformance.worker.rogue;

import org.aiis.onnx.ModelProto;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * A misbehaviour at the one model that sets it off. Each place does nothing unless it is overridden.
 *
 * <p>The model is the smallest that the catalogue shows once: {@code Not} of an empty tensor.
 */
interface Rogue {
    /** Before a description is given. */
    default void describing(int starts) {}

    /** Whether each start names a library of another digest. */
    default boolean changesWithEachStart() {
        return false;
    }

    /** Before any model is loaded. */
    default void loading(ModelProto model) {}

    /** In place of the answer to the load of the model. */
    default Observation load(Scene scene, Step.Load load, Observation right) {
        return right;
    }

    /** In place of the answer to its run. */
    default Observation run(Scene scene, Step.Run run, Observation right) {
        return right;
    }

    /** In place of the answer to its close. */
    default Observation close(Scene scene, Step.Close close, Observation right) {
        return right;
    }

    /**
     * What a rogue finds around it.
     *
     * @param request number of the request that it answers
     * @param wire what it can write past the worker's own code
     */
    record Scene(long request, Wire wire) {}

    /** What a load does. */
    @FunctionalInterface
    interface AtLoad {
        Observation answer(Scene scene, Observation right);
    }

    static Rogue atLoad(AtLoad deed) {
        return new Rogue() {
            @Override
            public Observation load(Scene scene, Step.Load load, Observation right) {
                return deed.answer(scene, right);
            }
        };
    }

    static Rogue atRun(AtLoad deed) {
        return new Rogue() {
            @Override
            public Observation run(Scene scene, Step.Run run, Observation right) {
                return deed.answer(scene, right);
            }
        };
    }

    static Rogue atClose(AtLoad deed) {
        return new Rogue() {
            @Override
            public Observation close(Scene scene, Step.Close close, Observation right) {
                return deed.answer(scene, right);
            }
        };
    }
}
