package com.ventros.crm.tenancy;

import java.sql.SQLException;
import org.aopalliance.intercept.MethodInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Two transactions that wait for each other: the database breaks one of them off, or it found itself that what it built upon was taken
 * away just now. Nothing is left of it, and the other is through by then; so it begins again, and nobody needs to know.
 */
@Configuration(proxyBeanMethods = false)
public class Collisions {

    /** Each time somebody else gets on; whoever collides more often stands in a crowd that another try makes larger. */
    private static final int TRIES = 3;
    /** Rolled back: a deadlock, or an order of things that is none. */
    private static final String ROLLED_BACK = "40";

    private static final Logger log = LoggerFactory.getLogger(Collisions.class);

    /** Work that is one transaction, with nothing left of it when it fails. */
    @FunctionalInterface
    public interface Attempt<T, E extends Throwable> {
        T make(boolean last) throws E;
    }

    /** Does the work, again if it collides. */
    public static <T, E extends Throwable> T again(Attempt<T, E> attempt) throws E {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.make(tries == TRIES);
            } catch (ConcurrencyFailureException failed) {
                if (tries == TRIES || !isOne(failed)) throw failed;
                log.debug("A transaction that collided with another begins again", failed);
            }
        }
    }

    /** Whether it was refused because of what others did at that moment; a version that is old, or a wait that took too long, is not that. */
    public static boolean isOne(Exception failed) {
        if (!(failed instanceof ConcurrencyFailureException) || failed instanceof OptimisticLockingFailureException) return false;
        return !(NestedExceptionUtils.getMostSpecificCause(failed) instanceof SQLException sql)
                || sql.getSQLState() != null && sql.getSQLState().startsWith(ROLLED_BACK);
    }

    /** Around whatever is a transaction of its own; within one, the whole must begin again. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor collidingTransactions() {
        var transactions = new ComposablePointcut(AnnotationMatchingPointcut.forClassAnnotation(Transactional.class))
                .union(AnnotationMatchingPointcut.forMethodAnnotation(Transactional.class));
        var advisor = new DefaultPointcutAdvisor(transactions, (MethodInterceptor) call -> {
            if (TransactionSynchronizationManager.isActualTransactionActive()) return call.proceed();
            return again(_ -> ((ProxyMethodInvocation) call).invocableClone().proceed());
        });
        // Before the one that begins the transaction.
        advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return advisor;
    }
}
