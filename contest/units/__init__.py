"""Units: communes, agencies and schools, with the dates they exist and the people they count."""
