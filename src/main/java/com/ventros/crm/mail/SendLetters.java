package com.ventros.crm.mail;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries to send the letters that are due. */
@Component
public class SendLetters {

    private static final Logger log = LoggerFactory.getLogger(SendLetters.class);
    /** Another program on this database may take the next ones. */
    private static final int AT_ONCE = 10;

    private final Letters letters;
    private final Post post;
    private final TransactionTemplate transaction;
    private final Map<String, LetterWriter> writers;

    SendLetters(Letters letters, Post post, TransactionTemplate transaction, List<LetterWriter> writers) {
        this.letters = letters;
        this.post = post;
        this.transaction = transaction;
        this.writers = writers.stream().collect(Collectors.toMap(LetterWriter::kind, Function.identity()));
    }

    /** How many letters were due. */
    public int runOnce() {
        var due = letters.claim(AT_ONCE);
        for (var letter : due) {
            try {
                Tenancy.run(letter.tenant(), () -> Cause.outside(Actor.system("mail")).run(() -> send(letter)));
            } catch (RuntimeException failed) {
                log.error("A letter of kind {} comes again when its lease has run out", letter.kind(), failed);
            }
        }
        return due.size();
    }

    /** What the letter says is committed before it leaves: a link must be good before anybody can follow it. */
    private void send(Letters.Due due) {
        var writer = writers.get(due.kind());
        var letter = transaction.execute(_ -> writer.write(due.about(), due.language()));
        if (letter.isEmpty()) {
            transaction.executeWithoutResult(_ -> letters.forget(due));
            return;
        }
        try {
            post.send(letter.get());
            transaction.executeWithoutResult(_ -> {
                letters.forget(due);
                writer.taken(due.about());
            });
        } catch (CannotSend why) {
            log.warn("A letter of kind {} could not be sent (try {}): {}", due.kind(), due.attempt(), why.getMessage());
            transaction.executeWithoutResult(_ -> {
                if (why.isForGood() || due.isLast()) {
                    letters.forget(due);
                    writer.givenUp(due.about(), why.getMessage());
                } else {
                    letters.again(due);
                }
            });
        }
    }
}
