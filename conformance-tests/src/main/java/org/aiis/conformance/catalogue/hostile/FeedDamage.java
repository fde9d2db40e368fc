package org.aiis.conformance.catalogue.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/** What is fed, and what is stored in the model in its place. */
final class FeedDamage {
    private FeedDamage() {}

    static List<Damage.Named> all() {
        return List.of(
                Damage.feeds("fed-values", (inputs, seeded) -> replace(inputs, seeded, FeedDamage::values)),
                Damage.feeds("fed-shape", (inputs, seeded) -> replace(inputs, seeded, FeedDamage::shape)),
                Damage.feeds("fed-empty", (inputs, seeded) -> replace(inputs, seeded, FeedDamage::empty)),
                new Damage.Named("open-fed-shape", (host, seeded) -> opened(host, seeded, FeedDamage::shape)),
                new Damage.Named("open-fed-empty", (host, seeded) -> opened(host, seeded, FeedDamage::empty)),
                new Damage.Named("stored", (host, seeded) -> stored(host, seeded, (tensor, s) -> {})),
                new Damage.Named("stored-values", (host, seeded) -> {
                    SortedMap<String, Tensor> inputs = new TreeMap<>(host.inputs());
                    replace(inputs, seeded, FeedDamage::values);
                    return stored(new Stimulus.ModelRun(host.model(), inputs), seeded, (tensor, s) -> {});
                }),
                new Damage.Named("stored-false", (host, seeded) -> stored(host, seeded, AttributeDamage::tensor)),
                new Damage.Named("stored-elsewhere", (host, seeded) -> stored(host, seeded, FeedDamage::elsewhere)));
    }

    private interface Change {
        Tensor of(Tensor tensor, Seeded seeded);
    }

    /** One input changed, those that hold whole numbers with preference: they are indices, axes, shapes. */
    private static void replace(SortedMap<String, Tensor> inputs, Seeded seeded, Change change) {
        if (inputs.isEmpty()) {
            inputs.put("nothing", Tensor.ofFloats(Shape.SCALAR, 0));
            return;
        }
        List<String> names = new ArrayList<>(inputs.keySet());
        List<String> whole = inputs.entrySet().stream()
                .filter(e -> e.getValue().type().isInteger())
                .map(java.util.Map.Entry::getKey)
                .toList();
        String name = Odd.one(whole.isEmpty() || seeded.integer(0, 2) == 0 ? names : whole, seeded);
        inputs.computeIfPresent(name, (n, tensor) -> change.of(tensor, seeded));
    }

    /** One element, or all. */
    private static Tensor values(Tensor tensor, Seeded seeded) {
        if (tensor.type() == ElementType.STRING) {
            List<String> strings = new ArrayList<>(tensor.strings());
            strings.replaceAll(s -> Odd.fedWord(seeded));
            return Tensor.ofStrings(tensor.shape(), strings);
        }
        Tensor.Builder changed = new Tensor.Builder(tensor.type(), tensor.shape());
        boolean all = seeded.coin();
        int at = tensor.size() == 0 ? 0 : (int) seeded.integer(0, tensor.size() - 1);
        for (int i = 0; i < tensor.size(); i++) {
            if (!all && i != at) {
                changed.setBits(i, tensor.bits(i));
            } else if (tensor.type().isFloat()) {
                changed.setReal(i, Odd.real(seeded));
            } else {
                changed.setBits(
                        i,
                        tensor.type() == ElementType.BOOL
                                ? seeded.integer(0, 1)
                                : tensor.type().wrap(Odd.number(seeded)));
            }
        }
        return changed.build();
    }

    /** The same elements in another shape: flat, an axis more, an axis of extent 0 with none of them. */
    private static Tensor shape(Tensor tensor, Seeded seeded) {
        List<Integer> dims = new ArrayList<>(tensor.shape().dims());
        return switch ((int) seeded.integer(0, 3)) {
            case 0 -> tensor.reshaped(Shape.of(tensor.size()));
            case 1 -> {
                dims.add((int) seeded.integer(0, dims.size()), 1);
                yield tensor.reshaped(new Shape(dims));
            }
            case 2 -> {
                java.util.Collections.rotate(dims, 1);
                yield tensor.reshaped(new Shape(dims));
            }
            default ->
                tensor.type() == ElementType.STRING
                        ? Tensor.ofStrings(Shape.SCALAR, List.of("x"))
                        : new Tensor.Builder(tensor.type(), Shape.SCALAR).build();
        };
    }

    private static Tensor empty(Tensor tensor, Seeded seeded) {
        List<Integer> dims = new ArrayList<>(tensor.shape().dims());
        if (dims.isEmpty()) {
            dims.add(0);
        } else {
            dims.set((int) seeded.integer(0, dims.size() - 1), 0);
        }
        Shape shape = new Shape(dims);
        return tensor.type() == ElementType.STRING
                ? Tensor.ofStrings(shape, List.of())
                : new Tensor.Builder(tensor.type(), shape).build();
    }

    /** The model leaves all shapes open, so that what is fed reaches the operator. */
    private static Stimulus.ModelRun opened(Stimulus.ModelRun host, Seeded seeded, Change change) {
        ModelProto.Builder model = Models.parse(host.model()).toBuilder();
        model.getGraphBuilder().getInputBuilderList().forEach(i -> {
            if (i.getType().hasTensorType()) {
                i.getTypeBuilder().getTensorTypeBuilder().clearShape();
            }
        });
        model.getGraphBuilder().getOutputBuilderList().forEach(o -> {
            if (o.getType().hasTensorType()) {
                o.getTypeBuilder().getTensorTypeBuilder().clearShape();
            }
        });
        SortedMap<String, Tensor> inputs = new TreeMap<>(host.inputs());
        replace(inputs, seeded, change);
        return new Stimulus.ModelRun(Bytes.own(model.build().toByteArray()), inputs);
    }

    /** An input becomes an initializer, which checkers, shape inference and folding read: here with a change. */
    private static Stimulus.ModelRun stored(
            Stimulus.ModelRun host, Seeded seeded, java.util.function.BiConsumer<TensorProto.Builder, Seeded> change) {
        ModelProto.Builder model = Models.parse(host.model()).toBuilder();
        SortedMap<String, Tensor> inputs = new TreeMap<>(host.inputs());
        boolean all = seeded.coin();
        String one = inputs.isEmpty() ? "" : Odd.one(List.copyOf(inputs.keySet()), seeded);
        inputs.entrySet().removeIf(input -> {
            if (!all && !input.getKey().equals(one)) {
                return false;
            }
            TensorProto.Builder tensor = TensorProtos.write(input.getKey(), input.getValue()).toBuilder();
            change.accept(tensor, seeded);
            model.getGraphBuilder().addInitializer(tensor);
            return true;
        });
        List<org.aiis.onnx.ValueInfoProto> declared = model.getGraph().getInputList().stream()
                .filter(i -> inputs.containsKey(i.getName()))
                .toList();
        model.getGraphBuilder().clearInput().addAllInput(declared);
        return new Stimulus.ModelRun(Bytes.own(model.build().toByteArray()), inputs);
    }

    /** Data in a file, of a model that has come without a folder. */
    private static void elsewhere(TensorProto.Builder tensor, Seeded seeded) {
        String location = Odd.one(
                List.of(
                        "none.bin",
                        "../canary.bin",
                        "/etc/passwd",
                        "/dev/zero",
                        ".",
                        "",
                        "*/_ORT_MEM_ADDR_/*",
                        "a\u0000b"),
                seeded);
        tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
        entry(tensor, "location", location);
        if (seeded.coin()) {
            entry(tensor, "offset", Long.toString(Odd.number(seeded)));
        }
        if (seeded.coin()) {
            entry(tensor, "length", seeded.coin() ? "x" : Long.toString(Odd.number(seeded)));
        }
    }

    private static void entry(TensorProto.Builder tensor, String key, String value) {
        tensor.addExternalData(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }
}
