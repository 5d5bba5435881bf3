class Order
  attr_reader :lines, :customer

  def initialize(lines, customer)
    @lines = lines
    @customer = customer
  end

  def total
    lines.sum { |line| line.price * line.quantity }
  end

  def shipping_label
    "#{customer.address.street}, #{customer.address.city.upcase}"
  end

  def submit(gateway)
    gateway.charge(total)
  rescue Gateway::Declined => e
    Rails.logger.error("declined: #{e.message}")
    raise
  end
end
