package dev.myelin.samples.shapes.contract;

import java.math.BigDecimal;
import java.time.LocalDate;

/// What a customer owes.
///
/// @param customer who
/// @param total how much
/// @param due until when
public record Invoice(String customer, BigDecimal total, LocalDate due) {}
