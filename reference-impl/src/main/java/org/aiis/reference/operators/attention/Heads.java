package org.aiis.reference.operators.attention;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.Shape;

/** A tensor [batch, heads, length, size] whose heads a tensor of rank 3 holds side by side: [batch, length, heads·size]. */
record Heads(int batch, int heads, int length, int size, Value value) {
    /** An input of rank 4, or of rank 3 with the number of heads that an attribute gives. */
    static Heads of(Call call, int input, String attribute) {
        Value x = call.input(input);
        Shape shape = x.shape();
        if (shape.rank() == 4) {
            return new Heads(shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3), x);
        }
        if (shape.rank() != 3) {
            throw call.refusal("input " + input + " has rank " + shape.rank() + ", must have rank 3 or 4");
        }
        long heads = call.attributes().has(attribute) ? call.attributes().integer(attribute) : 0;
        if (heads < 1 || shape.dim(2) % heads != 0) {
            throw call.refusal(attribute + " must be given for inputs of rank 3 and divide " + shape.dim(2));
        }
        int size = (int) (shape.dim(2) / heads);
        Shape split = call.shape(shape.dim(0), heads, shape.dim(1), size);
        return new Heads(
                split.dim(0),
                split.dim(1),
                split.dim(2),
                size,
                x.gather(swapped(split.dim(0), split.dim(2), split.dim(1), size), split));
    }

    /** Elements of [a, b, c, size] in the order of [a, c, b, size]. */
    private static int[] swapped(int a, int b, int c, int size) {
        return Walk.places(new int[] {a, c, b, size}, new int[] {b * c * size, size, c * size, 1}, 0);
    }

    /** Heads side by side again. */
    Value joined(Call call) {
        return value.gather(swapped(batch, heads, length, size), call.shape(batch, length, (long) heads * size));
    }

    /** With the elements of another tensor before its own along the axis of length. */
    Heads after(Call call, Heads past) {
        if (past.batch != batch || past.heads != heads || past.size != size) {
            throw call.refusal("a past of shape " + past.value.shape() + " does not fit " + value.shape());
        }
        Shape shape = call.shape(batch, heads, (long) past.length + length, size);
        int[] at = new int[shape.size()];
        int before = past.length * size;
        int row = before + length * size;
        for (int i = 0; i < at.length; i++) {
            int place = i % row;
            at[i] = place < before
                    ? i / row * before + place
                    : past.value.size() + i / row * length * size + place - before;
        }
        return new Heads(
                batch,
                heads,
                shape.dim(2),
                size,
                Value.join(List.of(past.value, value)).gather(at, shape));
    }

    Heads with(Numbers numbers) {
        return new Heads(batch, heads, length, size, Value.of(value.type(), value.shape(), numbers));
    }

    /** Where the rows of a head begin. */
    int at(int b, int head) {
        return (b * heads + head) * length * size;
    }
}
