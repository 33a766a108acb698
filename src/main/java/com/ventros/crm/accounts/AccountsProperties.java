package com.ventros.crm.accounts;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param signUp whether anybody who reaches this server may open a company on it; off, since most serve one company */
@ConfigurationProperties("crm.accounts")
record AccountsProperties(@DefaultValue("false") boolean signUp) {}
