package org.aiis.reference.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Tensors put together along the first axis, and taken apart again. */
final class Rows {
    private Rows() {}

    /** Rows that all inputs of a request have; 0 where they differ, have none, or there are no inputs. */
    static int of(SortedMap<String, Tensor> inputs) {
        int rows = 0;
        for (Tensor tensor : inputs.values()) {
            if (tensor.shape().rank() == 0 || rows != 0 && tensor.shape().dim(0) != rows) {
                return 0;
            }
            rows = tensor.shape().dim(0);
        }
        return rows;
    }

    /** Whether both have the same inputs, alike but for their rows. */
    static boolean alike(SortedMap<String, Tensor> one, SortedMap<String, Tensor> other) {
        if (!one.keySet().equals(other.keySet())) {
            return false;
        }
        for (var entry : one.entrySet()) {
            Tensor a = entry.getValue();
            Tensor b = other.get(entry.getKey());
            if (b == null || a.type() != b.type() || !tail(a.shape()).equals(tail(b.shape()))) {
                return false;
            }
        }
        return true;
    }

    static SortedMap<String, Tensor> together(List<SortedMap<String, Tensor>> requests) {
        if (requests.size() == 1) {
            return requests.get(0);
        }
        SortedMap<String, Tensor> joined = new TreeMap<>();
        for (String name : requests.get(0).keySet()) {
            joined.put(name, joined(requests.stream().map(r -> r.get(name)).toList()));
        }
        return joined;
    }

    private static Tensor joined(List<Tensor> parts) {
        List<Integer> dims = new ArrayList<>(parts.get(0).shape().dims());
        dims.set(0, parts.stream().mapToInt(p -> p.shape().dim(0)).sum());
        Shape shape = new Shape(dims);
        ElementType type = parts.get(0).type();
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(
                    shape, parts.stream().flatMap(p -> p.strings().stream()).toList());
        }
        byte[] all = new byte[Math.multiplyExact(shape.size(), type.bytes())];
        int at = 0;
        for (Tensor part : parts) {
            int bytes = part.size() * type.bytes();
            part.view().get(all, at, bytes);
            at += bytes;
        }
        return Tensor.ofBytes(type, shape, all);
    }

    /** Rows {@code from} to {@code to} of a tensor. */
    static Tensor slice(Tensor tensor, int from, int to) {
        List<Integer> dims = new ArrayList<>(tensor.shape().dims());
        dims.set(0, to - from);
        Shape shape = new Shape(dims);
        int row = tail(tensor.shape()).stream().reduce(1, Math::multiplyExact);
        if (tensor.type() == ElementType.STRING) {
            return Tensor.ofStrings(shape, tensor.strings().subList(from * row, to * row));
        }
        byte[] part = new byte[shape.size() * tensor.type().bytes()];
        tensor.view().get(from * row * tensor.type().bytes(), part);
        return Tensor.ofBytes(tensor.type(), shape, part);
    }

    private static List<Integer> tail(Shape shape) {
        return shape.dims().subList(Math.min(1, shape.rank()), shape.rank());
    }
}
