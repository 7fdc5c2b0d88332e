"""Knowledge pages and what this customer said before."""
