require "order"

RSpec.describe Order do
  let(:line) { double(price: 5, quantity: 2) }

  it "adds up its lines" do
    expect(Order.new([line], nil).total).to eq(10)
  end

  it "is free without lines" do
    expect(Order.new([], nil).total).to eq(0)
  end
end
