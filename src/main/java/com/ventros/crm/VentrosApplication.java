package com.ventros.crm;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Ventros CRM. */
@SpringBootApplication
@EnableScheduling
public class VentrosApplication {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("replay")) {
            // Its answer goes to the terminal; the log is the program's.
            var terminal = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
            System.exit(new ReplayCommand(terminal).run(List.of(args).subList(1, args.length)));
        }
        SpringApplication.run(VentrosApplication.class, args);
    }
}
