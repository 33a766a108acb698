package com.ventros.crm.openapi;

import com.ventros.crm.kernel.Refusal;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which problems a route may answer with, read from the compiled program: every refusal in what its method calls, and in
 * what that calls. So a new refusal is in the documentation by being there. Rather too many than too few: a way that the
 * program never takes counts as well.
 */
final class ProblemCodes {

    /**
     * A problem.
     *
     * @param detail what it says for instance; empty where the code does not tell
     */
    record Code(int status, String code, String detail) {}

    private record Place(String owner, String name, String descriptor) {}

    private static final String HOME = "com/ventros/crm/";
    private static final String REFUSAL = HOME + "kernel/Refusal";
    private static final String TOO_MANY = HOME + "http/TooMany";
    private static final String MALFORMED = HOME + "http/Malformed";
    private static final String BROKER_AWAY = HOME + "events/Broker$BrokerUnavailable";
    /** Behind these somebody else's work begins, whose refusals become failures and no answers. */
    private static final Set<String> ENDS = Set.of(HOME + "events/EventConsumer", HOME + "events/Effects", HOME + "events/Upcaster");
    private static final String WORD = "[a-zA-Z][a-zA-Z0-9_.]*";
    /** What is said to people; what else stands before a refusal in the code is SQL, or put between words. */
    private static final String SENTENCE = "(?s)[A-Z…].*[.…]";

    private final Map<String, ClassModel> types = new HashMap<>();
    private final Map<String, List<String>> below = new HashMap<>();

    /** Reads the compiled product. */
    static ProblemCodes read(Path classes) throws IOException {
        var codes = new ProblemCodes();
        try (var files = Files.walk(classes.resolve(HOME))) {
            for (var file : files.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
                var type = ClassFile.of().parse(file);
                var name = type.thisClass().asInternalName();
                codes.types.put(name, type);
                type.superclass().ifPresent(above -> codes.below.computeIfAbsent(above.asInternalName(), _ -> new ArrayList<>()).add(name));
                type.interfaces().forEach(above -> codes.below.computeIfAbsent(above.asInternalName(), _ -> new ArrayList<>()).add(name));
            }
        }
        return codes;
    }

    /** The problems of what a method does, by their codes. */
    Map<String, Code> of(Method method) {
        var found = new TreeMap<String, Code>();
        var seen = new HashSet<Place>();
        var open = new ArrayDeque<Place>();
        open.add(place(method));
        while (!open.isEmpty()) {
            var place = open.poll();
            if (!place.owner().startsWith(HOME) || !seen.add(place)) continue;
            for (var code : codes(place)) {
                refusals(code, place).forEach(refusal -> found.merge(refusal.code(), refusal, ProblemCodes::either));
                open.addAll(calls(code));
            }
        }
        return found;
    }

    /** Whether a method, or a lambda or private method of its class that it uses, mentions this. */
    boolean mentions(Method method, String owner, String name) {
        var home = place(method).owner();
        var seen = new HashSet<Place>();
        var open = new ArrayDeque<>(List.of(place(method)));
        while (!open.isEmpty()) {
            var place = open.poll();
            if (!place.owner().equals(home) || !seen.add(place)) continue;
            for (var code : codes(place)) {
                for (var element : code) {
                    if (element instanceof InvokeInstruction call && call.owner().asInternalName().equals(owner)
                            && call.name().equalsString(name)) return true;
                    if (element instanceof FieldInstruction field && field.owner().asInternalName().equals(owner)
                            && field.name().equalsString(name)) return true;
                }
                open.addAll(calls(code));
            }
        }
        return false;
    }

    private static Place place(Method method) {
        return new Place(method.getDeclaringClass().getName().replace('.', '/'), method.getName(),
                MethodType.methodType(method.getReturnType(), method.getParameterTypes()).descriptorString());
    }

    /** The code of a method; of one that others implement, the code of all of them. */
    private List<CodeModel> codes(Place place) {
        if (ENDS.contains(place.owner())) return List.of();
        var codes = new ArrayList<CodeModel>();
        var owners = new ArrayDeque<>(List.of(place.owner()));
        var seen = new HashSet<String>();
        while (!owners.isEmpty()) {
            var owner = owners.poll();
            if (!seen.add(owner)) continue;
            declared(owner, place).flatMap(MethodModel::code).ifPresent(codes::add);
            owners.addAll(below.getOrDefault(owner, List.of()));
        }
        if (codes.isEmpty() && types.containsKey(place.owner())) {
            types.get(place.owner()).superclass().filter(above -> types.containsKey(above.asInternalName())).ifPresent(above ->
                    codes.addAll(codes(new Place(above.asInternalName(), place.name(), place.descriptor()))));
        }
        return codes;
    }

    private Optional<MethodModel> declared(String owner, Place place) {
        return Optional.ofNullable(types.get(owner)).stream().flatMap(type -> type.methods().stream())
                .filter(method -> method.methodName().equalsString(place.name())
                        && method.methodType().equalsString(place.descriptor())).findFirst();
    }

    private static List<Place> calls(CodeModel code) {
        var calls = new ArrayList<Place>();
        for (var element : code) {
            switch (element) {
                case InvokeInstruction call -> calls.add(new Place(call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue()));
                case InvokeDynamicInstruction lambda -> lambda.invokedynamic().bootstrap().arguments().forEach(argument -> {
                    if (argument instanceof MethodHandleEntry handle) {
                        var to = handle.reference();
                        calls.add(new Place(to.owner().asInternalName(), to.name().stringValue(), to.type().stringValue()));
                    }
                });
                default -> {}
            }
        }
        return calls;
    }

    /** The refusals that are made here, each with the texts that stand before it in the code. */
    private static List<Code> refusals(CodeModel code, Place place) {
        if (Set.of(REFUSAL, TOO_MANY, MALFORMED).contains(place.owner())) return List.of(); // they only hand on
        var made = new ArrayList<Code>();
        var texts = new ArrayList<String>();
        Refusal.Kind kind = null;
        for (var element : code) {
            switch (element) {
                case ConstantInstruction constant when constant.constantValue() instanceof String text -> texts.add(text);
                case InvokeDynamicInstruction joined when joined.name().equalsString("makeConcatWithConstants") ->
                        texts.add(((String) joined.bootstrapArgs().getFirst()).replace('\u0001', '…'));
                case FieldInstruction field when field.owner().asInternalName().equals(REFUSAL + "$Kind") -> {
                    kind = Refusal.Kind.valueOf(field.name().stringValue());
                    texts.clear();
                }
                case NewObjectInstruction fresh when !fresh.className().asInternalName().startsWith(REFUSAL + "$") -> texts.clear();
                case StoreInstruction _, ThrowInstruction _ -> texts.clear();
                case InvokeInstruction call -> {
                    var owner = call.owner().asInternalName();
                    var name = call.name().stringValue();
                    var words = texts.stream().filter(text -> text.matches(WORD)).toList();
                    var sentences = texts.stream().filter(text -> text.matches(SENTENCE) && !text.matches(WORD)).toList();
                    var sentence = sentences.isEmpty() ? "" : sentences.getLast();
                    if (owner.equals(REFUSAL) && call.opcode() == Opcode.INVOKESTATIC) {
                        switch (name) {
                            case "notFound" -> made.add(new Code(404, one(words, place) + "_not_found",
                                    Refusal.notFound(one(words, place)).getMessage()));
                            case "conflict" -> made.add(new Code(409, one(words, place), sentence));
                            case "invalid" -> made.add(new Code(422, "validation_failed", ""));
                            default -> {}
                        }
                        texts.clear();
                    } else if (name.equals("<init>") && owner.equals(REFUSAL) && kind != null) {
                        // Behind its own sentence stand those of single fields.
                        made.add(new Code(status(kind), first(words, place), sentences.isEmpty() ? "" : sentences.getFirst()));
                        kind = null;
                        texts.clear();
                    } else if (name.equals("<init>") && owner.equals(TOO_MANY)) {
                        made.add(new Code(429, one(words, place), sentence));
                        texts.clear();
                    } else if (name.equals("<init>") && owner.equals(MALFORMED)) {
                        made.add(new Code(400, one(words, place), sentence));
                        texts.clear();
                    } else if (name.equals("<init>") && owner.equals(BROKER_AWAY)) {
                        made.add(new Code(503, "broker_unavailable", "The broker does not answer at the moment; try again shortly."));
                    }
                }
                default -> {}
            }
        }
        return made;
    }

    /** Of a new refusal the code comes before what is wrong with single fields, of the others after what they compare. */
    private static String first(List<String> words, Place place) {
        if (words.isEmpty()) throw new AssertionError("Say the code of the refusal in " + place + " as a constant, so that it can be documented.");
        return words.getFirst();
    }

    private static String one(List<String> words, Place place) {
        return first(words, place).isEmpty() ? "" : words.getLast();
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    /** Of two sentences for one code any will do as an example, as long as it is always the same. */
    private static Code either(Code one, Code other) {
        return one.detail().compareTo(other.detail()) >= 0 ? one : other;
    }
}
