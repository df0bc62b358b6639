select * from fct_documents
