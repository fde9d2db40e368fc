package org.aiis.reference.operators.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * How often each n-gram of a pool stands in X [C] or in each row of X [N, C], its items next to each other or up to
 * max_skip_count items apart; Y [coordinates] or [N, coordinates].
 *
 * <p>TF gives the count, IDF the weight where the count is not 0, TFIDF their product. A 1-gram is counted once whatever
 * the skips. Coordinates that no n-gram has are 0; those that two have are refused. Source: ONNX operator text of opset 9.
 */
public final class TfIdfVectorizer implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T1")
                .type("T", Types.set(ElementType.STRING, ElementType.INT32, ElementType.INT64))
                .type("T1", Types.set(ElementType.FLOAT32))
                .required("max_gram_length", AttributeType.INT)
                .required("max_skip_count", AttributeType.INT)
                .required("min_gram_length", AttributeType.INT)
                .required("mode", "TF", "IDF", "TFIDF")
                .required("ngram_counts", AttributeType.INTS)
                .required("ngram_indexes", AttributeType.INTS)
                .optional("pool_int64s", AttributeType.INTS)
                .optional("pool_strings", AttributeType.STRINGS)
                .optional("weights", AttributeType.FLOATS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Shape shape = x.shape();
        if (shape.rank() != 1 && shape.rank() != 2) {
            throw call.refusal("X has rank " + shape.rank() + ", must have rank 1 or 2");
        }
        long[] indexes = call.attributes().integers("ngram_indexes");
        long largest = Arrays.stream(indexes).max().orElseThrow(() -> call.refusal("ngram_indexes is empty"));
        if (Arrays.stream(indexes).anyMatch(i -> i < 0)
                || Arrays.stream(indexes).distinct().count() != indexes.length) {
            throw call.refusal("ngram_indexes holds a negative or a repeated coordinate");
        }
        int rows = shape.rank() == 1 ? 1 : shape.dim(0);
        int length = shape.dim(shape.rank() - 1);
        Shape result = shape.rank() == 1 ? call.shape(largest + 1) : call.shape(rows, largest + 1);
        int width = result.dim(result.rank() - 1);
        Map<List<Object>, Integer> pool = pool(call, indexes.length);
        List<Object> items = items(x);
        double[] counts = new double[result.size()];
        double[] weights = new double[result.size()];
        for (int row = 0; row < rows; row++) {
            List<Object> own = items.subList(row * length, (row + 1) * length);
            int from = row * width;
            grams(call, own, gram -> {
                Integer found = pool.get(gram);
                if (found != null) {
                    counts[from + (int) indexes[found]]++;
                }
            });
            for (int i = 0; i < indexes.length; i++) {
                weights[from + (int) indexes[i]] = weight(call, i, indexes.length);
            }
        }
        return List.of(Value.of(ElementType.FLOAT32, result, weighted(call, counts, weights)));
    }

    private static Numbers weighted(Call call, double[] counts, double[] weights) {
        Arithmetic arithmetic = call.arithmetic(ElementType.FLOAT32);
        String mode = call.attributes().word("mode");
        if (mode.equals("IDF")) {
            Arrays.setAll(weights, i -> counts[i] == 0 ? 0 : weights[i]);
            return Reals.own(weights);
        }
        return mode.equals("TF")
                ? Reals.own(counts)
                : arithmetic.binary(Binary.MUL, Reals.own(counts), Reals.own(weights));
    }

    private static double weight(Call call, int i, int count) {
        if (!call.attributes().has("weights")) {
            return 1;
        }
        AttributeProto weights = call.attributes().proto("weights");
        if (weights.getFloatsCount() != count) {
            throw call.refusal("weights and ngram_indexes are of unequal length");
        }
        return weights.getFloats(i);
    }

    private static List<Object> items(Value x) {
        return x.type() == ElementType.STRING
                ? List.copyOf(x.tensor().strings())
                : Arrays.stream(x.longs()).<Object>mapToObj(i -> i).toList();
    }

    /** The n-grams of the pool by their items, with their places among all n-grams. */
    private static Map<List<Object>, Integer> pool(Call call, int count) {
        Attributes attributes = call.attributes();
        boolean strings = call.input(0).type() == ElementType.STRING;
        if (!attributes.has(strings ? "pool_strings" : "pool_int64s")
                || attributes.has(strings ? "pool_int64s" : "pool_strings")) {
            throw call.refusal("the one pool that is given must be of the type of X");
        }
        List<Object> all = new ArrayList<>();
        if (strings) {
            attributes.proto("pool_strings").getStringsList().forEach(s -> all.add(s.toStringUtf8()));
        } else {
            all.addAll(attributes.proto("pool_int64s").getIntsList());
        }
        long[] starts = attributes.integers("ngram_counts");
        Map<List<Object>, Integer> pool = new HashMap<>();
        int number = 0;
        for (int n = 1; n <= starts.length; n++) {
            long from = starts[n - 1];
            long end = n < starts.length ? starts[n] : all.size();
            if (from < 0 || from > end || end > all.size() || (end - from) % n != 0) {
                throw call.refusal("ngram_counts does not divide the pool into n-grams");
            }
            for (int i = (int) from; i < end; i += n) {
                pool.put(List.copyOf(all.subList(i, i + n)), number++);
            }
        }
        if (number != count || pool.size() != count) {
            throw call.refusal("the pool has " + pool.size() + " n-grams, ngram_indexes has " + count + " elements");
        }
        return pool;
    }

    private interface Seen {
        void gram(List<Object> items);
    }

    private static void grams(Call call, List<Object> items, Seen seen) {
        long shortest = call.attributes().integer("min_gram_length");
        long longest = call.attributes().integer("max_gram_length");
        long skips = call.attributes().integer("max_skip_count");
        if (shortest < 1 || longest < shortest || skips < 0) {
            throw call.refusal("lengths of n-grams " + shortest + " to " + longest + " with " + skips + " skips");
        }
        for (long n = shortest; n <= Math.min(longest, items.size()); n++) {
            long widest = n == 1 ? 1 : Math.min(skips + 1, (items.size() - 1) / (n - 1));
            for (int step = 1; step <= widest; step++) {
                call.spend(items.size() * n * 16);
                for (int start = 0; start + (n - 1) * step < items.size(); start++) {
                    List<Object> gram = new ArrayList<>();
                    for (int i = 0; i < n; i++) {
                        gram.add(items.get(start + i * step));
                    }
                    seen.gram(gram);
                }
            }
        }
    }
}
