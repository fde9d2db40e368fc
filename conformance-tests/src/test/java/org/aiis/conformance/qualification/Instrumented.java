package org.aiis.conformance.qualification;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.pitest.reloc.asm.ClassReader;
import org.pitest.reloc.asm.ClassVisitor;
import org.pitest.reloc.asm.ClassWriter;
import org.pitest.reloc.asm.Label;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;

/** Adds calls of {@link Meter} to a class. */
final class Instrumented {
    private static final String METER = "org/aiis/conformance/qualification/Meter";

    private final Map<String, Integer> methods = new ConcurrentHashMap<>();

    /** The number under which a method's entry is reported. */
    int number(String type, String method) {
        return methods.computeIfAbsent(type + "#" + method, m -> methods.size());
    }

    /** The numbers of all methods met so far of some classes. */
    BitSet numbers(Predicate<String> types) {
        BitSet numbers = new BitSet();
        methods.forEach((method, number) -> {
            if (types.test(method.substring(0, method.indexOf('#')))) {
                numbers.set(number);
            }
        });
        return numbers;
    }

    /** @param entries whether entries are reported too, and not only the turns of loops */
    byte[] bytes(byte[] original, boolean entries) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        String type = reader.getClassName().replace('/', '.');
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
                        return metered(to, entries ? number(type, name + descriptor) : -1);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static MethodVisitor metered(MethodVisitor to, int number) {
        return new MethodVisitor(Opcodes.ASM9, to) {
            private final Set<Label> passed = new HashSet<>();

            @Override
            public void visitCode() {
                super.visitCode();
                if (number >= 0) {
                    super.visitLdcInsn(number);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "enter", "(I)V", false);
                }
            }

            @Override
            public void visitLabel(Label label) {
                passed.add(label);
                super.visitLabel(label);
            }

            @Override
            public void visitJumpInsn(int opcode, Label label) {
                if (passed.contains(label)) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, METER, "turn", "()V", false);
                }
                super.visitJumpInsn(opcode, label);
            }
        };
    }
}
