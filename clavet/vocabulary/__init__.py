"""The controlled vocabulary: a thesaurus of education and training at local level, in SKOS terms, in nine languages."""
