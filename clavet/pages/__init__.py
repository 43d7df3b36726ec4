"""Pages whose words coordinators edit: about, partners, help, statements, and the words of the home page."""
