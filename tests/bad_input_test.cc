namespace omamori {}
