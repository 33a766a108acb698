package com.ventros.crm.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;

/** What the server itself refuses, before any of our filters has seen it, is a problem like all others and no page. */
@Configuration(proxyBeanMethods = false)
class ServerProblems {

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemsOfTheServer() {
        return factory -> factory.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(Report.class.getName()));
    }

    /** Made by Tomcat, by its name. */
    public static final class Report extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, Throwable failed) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
            var status = HttpStatusCode.valueOf(response.getStatus());
            try {
                Problem.of(status, Problems.codeOf(status), Problems.detailOf(status), request.getRequest()).writeTo(response);
                response.finishResponse();
            } catch (IOException whoeverAskedIsGone) {
                getContainer().getLogger().debug("A refusal was not read", whoeverAskedIsGone);
            }
        }
    }
}
