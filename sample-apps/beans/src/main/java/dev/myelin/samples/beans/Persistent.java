package dev.myelin.samples.beans;

import dev.myelin.Microservice;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;

/// Entities, and a service that takes and gives them.
final class Persistent {

  private Persistent() {}

  @Entity(name = "Customer")
  static class Customer {
    @Id @GeneratedValue private @Nullable Long id;
    private String name;

    @OneToMany(mappedBy = "customer")
    private List<Purchase> purchases = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected Customer() {}

    Customer(String name) {
      this.name = name;
    }

    public @Nullable Long getId() {
      return id;
    }

    public String getName() {
      return name;
    }

    public List<Purchase> getPurchases() {
      return purchases;
    }
  }

  @Entity(name = "Purchase")
  static class Purchase {
    @Id @GeneratedValue private @Nullable Long id;
    private String label;

    @ManyToOne(fetch = FetchType.LAZY)
    private Customer customer;

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn
    private List<Line> lines = new ArrayList<>();

    @ElementCollection private Set<String> tags = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    protected Purchase() {}

    Purchase(String label, Customer customer, List<String> items) {
      this.label = label;
      this.customer = customer;
      items.forEach(item -> lines.add(new Line(item)));
      tags.add("new");
    }

    public @Nullable Long getId() {
      return id;
    }

    public String getLabel() {
      return label;
    }

    void setLabel(String label) {
      this.label = label;
    }

    public Customer getCustomer() {
      return customer;
    }

    public List<Line> getLines() {
      return lines;
    }

    public Set<String> getTags() {
      return tags;
    }
  }

  @Entity(name = "Line")
  static class Line {
    @Id @GeneratedValue private @Nullable Long id;
    private String item;

    @SuppressWarnings("NullAway.Init")
    protected Line() {}

    Line(String item) {
      this.item = item;
    }

    @Override
    public String toString() {
      return item;
    }
  }

  @Microservice
  static class Desk {
    private final Purchases purchases;
    private final EntityManager entities;

    Desk(Purchases purchases, EntityManager entities) {
      this.purchases = purchases;
      this.entities = entities;
    }

    @Transactional
    public void place(String label, String customer, List<String> items) {
      var buyer = new Customer(customer);
      entities.persist(buyer);
      entities.persist(new Purchase(label, buyer, items));
    }

    // no transaction: its session is closed when it returns
    public Purchase find(String label) {
      return purchases.findByLabel(label);
    }

    public Purchase withLines(String label) {
      return purchases.withLines(label);
    }

    @Transactional
    public Purchase withCustomer(String label) {
      var purchase = purchases.findByLabel(label);
      purchase.getCustomer().getName();
      return purchase;
    }

    @Transactional
    public void relabel(Purchase purchase, String label) {
      purchase.setLabel(label);
      entities.merge(purchase);
    }

    @Transactional
    public Customer customer(String label) {
      var customer = withCustomer(label).getCustomer();
      customer.getPurchases().forEach(Purchase::getLabel);
      return customer;
    }
  }
}
