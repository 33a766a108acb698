/**
 * Files of rows and cells that people make with spreadsheets: how they were written, and what may stand in a cell.
 */
@org.springframework.modulith.ApplicationModule(displayName = "CSV", allowedDependencies = {"kernel"})
package com.ventros.crm.csv;
