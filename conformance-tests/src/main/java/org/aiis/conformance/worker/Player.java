package org.aiis.conformance.worker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;

/** Turns a stimulus into steps and their observations into one. Leaves no model and no tensor behind in the backend. */
public final class Player {
    private static final String MODEL = "model";

    private final Backend backend;
    private final Exporter exporter;
    private final boolean profiled;
    private final Exchanging exchanging;

    /** @param profiled whether single models are loaded so that placement can be told; scripts say it themselves */
    public Player(Backend backend, Exporter exporter, boolean profiled) {
        this(backend, exporter, profiled, Exchanging.withReferenceServer());
    }

    /** @param exchanging performs requests to servers */
    Player(Backend backend, Exporter exporter, boolean profiled, Exchanging exchanging) {
        this.exchanging = exchanging;
        this.backend = backend;
        this.exporter = exporter;
        this.profiled = profiled;
    }

    public Observation observe(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.ModelRun run) {
            return run(run);
        } else if (stimulus instanceof Stimulus.FileRun file) {
            return run(new Step.LoadPath(MODEL, file.path(), profiled, false), file.inputs());
        } else if (stimulus instanceof Stimulus.MustReject twins) {
            return new Observation.Twins(run(twins.valid()), run(twins.broken()));
        }
        return new Script().play(((Stimulus.Script) stimulus).steps());
    }

    private Observation run(Stimulus.ModelRun stimulus) {
        return run(new Step.Load(MODEL, stimulus.model(), profiled), stimulus.inputs());
    }

    private Observation run(Step load, SortedMap<String, Tensor> inputs) {
        List<Observation> seen = backend.once(load, Step.Run.of(MODEL, inputs), new Step.Close(MODEL));
        if (seen.size() < 3) {
            return seen.get(seen.size() - 1);
        }
        Observation ran = seen.get(1);
        Observation closed = seen.get(2);
        if (closed.ended() || ran instanceof Observation.Outputs && closed instanceof Observation.Rejected) {
            return closed;
        }
        return ran instanceof Observation.Outputs outputs && closed instanceof Observation.Outputs placed
                ? new Observation.Outputs(outputs.values(), placed.placement())
                : ran;
    }

    /** The handles that a script has made and not given up. */
    private final class Script {
        private final Set<String> models = new HashSet<>();
        private final Set<String> tensors = new HashSet<>();

        Observation play(List<Step> steps) {
            List<Observation> observations = new ArrayList<>();
            for (Step step : steps) {
                Observation observation = step instanceof Step.LoadExported s
                        ? exported(s)
                        : step instanceof Step.Exchange s ? exchanging.perform(s, backend) : perform(step);
                observations.add(observation);
                if (observation.ended()) {
                    return new Observation.Transcript(observations);
                }
            }
            giveUp();
            return new Observation.Transcript(observations);
        }

        private Observation perform(Step step) {
            Observation observation = backend.perform(step);
            if (observation instanceof Observation.Outputs) {
                if (step instanceof Step.Load s) {
                    models.add(s.model());
                } else if (step instanceof Step.Put s) {
                    tensors.add(s.tensor());
                } else if (step instanceof Step.Run s) {
                    tensors.addAll(s.keep().values());
                } else if (step instanceof Step.Drop s) {
                    tensors.remove(s.tensor());
                } else if (step instanceof Step.Compile s) {
                    tensors.add(s.tensor());
                } else if (step instanceof Step.Restore s) {
                    models.add(s.model());
                } else if (step instanceof Step.LoadFolder s) {
                    models.add(s.model());
                } else if (step instanceof Step.LoadPath s) {
                    models.add(s.model());
                } else if (step instanceof Step.Together s) {
                    s.steps().stream()
                            .filter(Step.Load.class::isInstance)
                            .forEach(load -> models.add(((Step.Load) load).model()));
                }
            }
            if (step instanceof Step.Close s) {
                models.remove(s.model());
            }
            return observation;
        }

        /** Fetches the tensors, writes the model, loads it; the first that goes wrong is the observation of the step. */
        private Observation exported(Step.LoadExported step) {
            SortedMap<String, Tensor> initializers = new TreeMap<>();
            for (var entry : step.initializers().entrySet()) {
                Observation got = backend.perform(new Step.Get(entry.getValue()));
                if (!(got instanceof Observation.Outputs outputs)) {
                    return got;
                }
                Recorded value = outputs.values().get(entry.getValue());
                if (value == null) {
                    return new Observation.Violated(
                            Observation.Phase.RUN, "get '" + entry.getValue() + "' answered without that tensor");
                }
                initializers.put(entry.getKey(), value.tensor());
            }
            try {
                return perform(new Step.Load(step.model(), exporter.export(step.template(), initializers), false));
            } catch (InputException e) {
                return new Observation.NotDriven(String.valueOf(e.getMessage()));
            }
        }

        /** A death here is no observation of the script's; the next step meets a fresh process. */
        private void giveUp() {
            List<Step> last = new ArrayList<>();
            models.stream().sorted().forEach(model -> last.add(new Step.Close(model)));
            tensors.stream().sorted().forEach(tensor -> last.add(new Step.Drop(tensor)));
            for (Step step : last) {
                if (backend.perform(step).ended()) {
                    return;
                }
            }
        }
    }
}
